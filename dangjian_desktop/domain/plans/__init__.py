"""工作计划: Party work and business planned beside each other, and what came of it."""
