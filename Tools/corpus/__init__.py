"""The MDP files under `mdps/`, as Python: each module builds a family of models, `catalogue` lists them all."""
