"""党建与业务融合: indicators and business priorities in the window."""
