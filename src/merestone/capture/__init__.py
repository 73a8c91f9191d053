"""What arrived and who speaks: exhibits received once, their texts with the way back to the bytes. Bytes are never altered."""

from merestone.capture.limits import Limits
from merestone.capture.offsets import origin_of
from merestone.capture.pack import list_packs, load_pack
from merestone.capture.receive import Options, receive, receive_each, receive_in_turn

__all__ = ["Limits", "Options", "list_packs", "load_pack", "origin_of", "receive", "receive_each", "receive_in_turn"]
