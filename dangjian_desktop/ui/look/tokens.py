"""The table of colours, light and dark: the only place where a colour is written."""

from __future__ import annotations

from collections.abc import Mapping

from dangjian_desktop.domain.labelled import Labelled

LIGHT: Mapping[str, str] = {
    "ground": "#F5F4F1",
    "surface": "#FFFFFF",
    "raised": "#FBFAF8",
    "line": "#E2DFD9",
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
    "grip": "#C9C5BD",
    "paper": "#FFFFFF",
}
DARK: Mapping[str, str] = {
    "ground": "#1B1A19",
    "surface": "#242322",
    "raised": "#201F1E",
    "line": "#3A3836",
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
    "grip": "#55524E",
    "paper": "#FFFFFF",
}


class Mode(Labelled):
    """Light, dark, or as the system is set."""

    SYSTEM = "system", "跟随系统"
    LIGHT = "light", "浅色"
    DARK = "dark", "深色"


BASE_POINTS = 10.5
SIZES = (10.5, 12.0, 14.0, 16.0)
