/**
 * The types of Sluice as a JSON Schema of the Airbyte protocol, and back. Knows the types only.
 */
@NullMarked
package dev.sluice.cdk.schema;

import org.jspecify.annotations.NullMarked;
