"""The five samples by the labels that a comparison gives them."""

from __future__ import annotations

from pathlib import Path

NOTICES = Path(__file__).parents[2] / "corpus" / "notices"
TIANJIN_2022, TIANJIN_2023, TIANJIN_2024 = "天津 2022", "天津 2023", "天津 2024"
TANGSHAN, LICHENG = "唐山 2023", "历城区 2023"
