package dev.sluice.connector.sample;

import dev.sluice.connector.sample.content.Recipe;

/**
 * The checked options.
 *
 * @param recipe what the rows are made from
 * @param operations true if increments tell what happened to each row
 * @param parallelism into how many parts a large stream is divided
 * @param version which version a read from the beginning shows
 */
record SampleSettings(Recipe recipe, boolean operations, int parallelism, int version) {}
