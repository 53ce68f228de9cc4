/**
 * The options of a connector as data: one declaration feeds validation, the JSON schema of forms, and the typed access.
 *
 * <p>Neighbour: {@code json} writes the schema.
 */
@NullMarked
package dev.sluice.cdk.config;

import org.jspecify.annotations.NullMarked;
