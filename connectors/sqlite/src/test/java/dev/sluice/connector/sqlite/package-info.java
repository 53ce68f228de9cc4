@NullMarked
package dev.sluice.connector.sqlite;

import org.jspecify.annotations.NullMarked;
