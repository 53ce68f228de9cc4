/** Tests of the connector against a real MariaDB. */
@NullMarked
package dev.sluice.connector.mysql;

import org.jspecify.annotations.NullMarked;
