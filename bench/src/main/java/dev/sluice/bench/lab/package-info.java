/** What scenarios work with: servers, data, and the program under test. */
@NullMarked
package dev.sluice.bench.lab;

import org.jspecify.annotations.NullMarked;
