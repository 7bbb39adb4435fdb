"""党支部工作台: an offline work desk for the secretary of a Party branch."""
