"""The kinds of sound that are taken, by how their files begin."""

from collections.abc import Callable
from dataclasses import dataclass

from belong.base.sounds import mp3, mp4, ogg, wav, webm


@dataclass(frozen=True)
class SoundKind:
    """A kind of file: its name, what browsers call it, the end of its file names, and who reads it."""

    name: str
    mime: str
    ending: str
    clean: Callable[[bytes], tuple[bytes, float]]


WAV = SoundKind("WAV", "audio/wav", "wav", wav.clean)
MP3 = SoundKind("MP3", "audio/mpeg", "mp3", mp3.clean)
MP4 = SoundKind("M4A", "audio/mp4", "m4a", mp4.clean)
OGG = SoundKind("OGG", "audio/ogg", "ogg", ogg.clean)
WEBM = SoundKind("WebM", "audio/webm", "webm", webm.clean)
KINDS = (WAV, MP3, MP4, OGG, WEBM)


def kind_of(data: bytes) -> SoundKind | None:
    """The kind whose files begin like this; None for anything else."""
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return WAV
    if data[:4] == b"OggS":
        return OGG
    if data[:4] == webm.EBML:
        return WEBM
    if data[4:8] == b"ftyp":
        return MP4
    if data[:3] == b"ID3" or mp3.begins_frame(data):
        return MP3
    return None
