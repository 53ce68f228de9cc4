@NullMarked
package dev.sluice.connector.mysql.destination;

import org.jspecify.annotations.NullMarked;
