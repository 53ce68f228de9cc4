/** What the databases of tests have in common. Neighbours: {@code postgres} and {@code mariadb} start real servers. */
@NullMarked
package dev.sluice.testkit.sql;

import org.jspecify.annotations.NullMarked;
