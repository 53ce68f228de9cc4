/** The scenarios, each with its baseline and its limits. */
@NullMarked
package dev.sluice.bench.scenario;

import org.jspecify.annotations.NullMarked;
