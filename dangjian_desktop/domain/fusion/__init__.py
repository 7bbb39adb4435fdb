"""党建与业务融合: indicators of the business, and what is planned and done by them."""
