"""The tables of colours, light, dark and of high contrast: no colour is written elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from dangjian_desktop.domain.labelled import Labelled

LIGHT: Mapping[str, str] = {
    "ground": "#F5F4F1",
    "surface": "#FFFFFF",
    "raised": "#FBFAF8",
    "line": "#E2DFD9",
    "edge": "#857F77",
    "hover": "#EFEDE8",
    "select": "#F3E3E0",
    "text": "#201F1D",
    "soft": "#65625C",
    "accent": "#9B1C1F",
    "accent_hover": "#85171A",
    "on_accent": "#FFFFFF",
    "tint": "#F6E9E7",
    "good": "#2F6F4F",
    "good_ground": "#E7F1EB",
    "warn": "#8A5A00",
    "warn_ground": "#FBF1DC",
    "bad": "#A3261F",
    "bad_ground": "#FAE8E6",
    "ring": "#9B1C1F",
    "paper": "#FFFFFF",
}
DARK: Mapping[str, str] = {
    "ground": "#1B1A19",
    "surface": "#242322",
    "raised": "#201F1E",
    "line": "#3A3836",
    "edge": "#827D76",
    "hover": "#2E2C2A",
    "select": "#3B2A2A",
    "text": "#ECE9E4",
    "soft": "#A8A39B",
    "accent": "#E27A80",
    "accent_hover": "#EA8E93",
    "on_accent": "#1B1A19",
    "tint": "#3A2526",
    "good": "#7CC39B",
    "good_ground": "#20342A",
    "warn": "#E3B668",
    "warn_ground": "#3A3020",
    "bad": "#EE8C84",
    "bad_ground": "#402523",
    "ring": "#E27A80",
    "paper": "#FFFFFF",
}
STARK: Mapping[str, str] = {
    "ground": "#FFFFFF",
    "surface": "#FFFFFF",
    "raised": "#FFFFFF",
    "line": "#000000",
    "edge": "#000000",
    "hover": "#E6E6E6",
    "select": "#FFE3DC",
    "text": "#000000",
    "soft": "#1F1F1F",
    "accent": "#7A0010",
    "accent_hover": "#4D000A",
    "on_accent": "#FFFFFF",
    "tint": "#FFE3DC",
    "good": "#004420",
    "good_ground": "#FFFFFF",
    "warn": "#4A3000",
    "warn_ground": "#FFFFFF",
    "bad": "#8A0000",
    "bad_ground": "#FFFFFF",
    "ring": "#0000C8",
    "paper": "#FFFFFF",
}
STARK_DARK: Mapping[str, str] = {
    "ground": "#000000",
    "surface": "#000000",
    "raised": "#000000",
    "line": "#FFFFFF",
    "edge": "#FFFFFF",
    "hover": "#2B2B2B",
    "select": "#3D3300",
    "text": "#FFFFFF",
    "soft": "#EDEDED",
    "accent": "#FFD75E",
    "accent_hover": "#FFE9A6",
    "on_accent": "#000000",
    "tint": "#3D3300",
    "good": "#8CFFB4",
    "good_ground": "#000000",
    "warn": "#FFD75E",
    "warn_ground": "#000000",
    "bad": "#FFB8B1",
    "bad_ground": "#000000",
    "ring": "#5CE1FF",
    "paper": "#FFFFFF",
}
TABLES: Mapping[tuple[bool, bool], Mapping[str, str]] = {
    (False, False): LIGHT,
    (True, False): DARK,
    (False, True): STARK,
    (True, True): STARK_DARK,
}
"""By whether dark and whether of high contrast."""


class Mode(Labelled):
    """Light, dark, of high contrast (light or dark as the system), or all as the system is set."""

    SYSTEM = "system", "跟随系统"
    LIGHT = "light", "浅色"
    DARK = "dark", "深色"
    STARK = "stark", "高对比度"


BASE_POINTS = 10.5
ROW_HEIGHT = 34
"""Of a table, in pixels at the base type size."""
SIZES = (10.5, 12.0, 14.0, 16.0)
