"""What Gymnasium runs when it is imported (entry point ``gymnasium.envs``): the environments by id."""

from __future__ import annotations


def register() -> None:
    """Registers ``monotone/Tabular-v0``; its module is imported when one is made."""
    from gymnasium.envs.registration import register as register_environment

    register_environment(id="Tabular-v0", entry_point="monotone.gymnasium:TabularEnv")
