"""noticetab: Chinese official notices become tables that people can trust."""
