/**
 * The settings of a stream as maps, lists and texts: how programs tell them to each other. The words are those of Airbyte's
 * public API (StreamConfiguration and its mappers); what that has no words for has ours.
 */
@NullMarked
package dev.sluice.engine.words;

import org.jspecify.annotations.NullMarked;
