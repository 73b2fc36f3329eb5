'use strict';

const prices = require('./prices.js');
