const price = 300;
