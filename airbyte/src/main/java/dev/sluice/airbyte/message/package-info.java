/**
 * The messages of the Airbyte protocol, a JSON object a line, as <a
 * href="https://github.com/airbytehq/airbyte-protocol">airbyte_protocol.yaml</a> describes them. Records are not parsed here: it is only
 * said where their parts lie.
 */
@NullMarked
package dev.sluice.airbyte.message;

import org.jspecify.annotations.NullMarked;
