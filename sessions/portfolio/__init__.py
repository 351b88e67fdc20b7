"""What is brought into the room: the projects, and the people, teams and objectives they concern. May import no other package."""
