"""支部体检: each rule judges from facts and says its basis."""
