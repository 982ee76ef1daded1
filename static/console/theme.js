// SPDX-License-Identifier: BSD-2-Clause
// theme.js - sets the chosen theme before the first paint; an ordinary script, because modules come too late for that.
(function () {
	'use strict';
	try {
		var theme = localStorage.getItem('hark.theme');
		if (theme === 'light' || theme === 'dark')
			document.documentElement.dataset.theme = theme;
	} catch (error) {
		// Without storage the system's theme is used.
	}
}());
