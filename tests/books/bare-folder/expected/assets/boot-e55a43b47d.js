as its name says
