"""The web app: pages and their JSON twins over one register; nothing that a visitor types is kept."""
