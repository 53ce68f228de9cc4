/**
 * A real MariaDB for tests, started from a Maven artefact without Docker and without rights; where the artefact does not
 * run, from the Debian package {@code mariadb-server} if it is installed.
 *
 * <p>One server serves a whole test run; each test has a database of its own. A test that stops or restarts a server
 * starts one for itself. Neighbour: {@code sql} has what all databases of tests share.
 */
@NullMarked
package dev.sluice.testkit.mariadb;

import org.jspecify.annotations.NullMarked;
