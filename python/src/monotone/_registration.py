"""What Gymnasium runs when it is imported (entry point ``gymnasium.envs``): the environments by id."""

from __future__ import annotations

ID = "monotone/Tabular-v0"


def register() -> None:
    """Registers ``monotone/Tabular-v0``, if that is not done; its module is imported when one is made."""
    from gymnasium.envs import registration

    if ID not in registration.registry:
        # An entry point's environments are in its namespace already.
        name = ID.split("/")[1] if registration.current_namespace else ID
        registration.register(id=name, entry_point="monotone.gymnasium:TabularEnv")
