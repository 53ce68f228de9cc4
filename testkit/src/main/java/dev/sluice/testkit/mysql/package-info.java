/**
 * A real MariaDB or MySQL for tests, started from a Maven artefact without Docker and without rights. Where the artefact of
 * MariaDB does not run, the Debian package {@code mariadb-server} is used if it is installed.
 *
 * <p>One server of each product serves a whole test run; each test has a database of its own. Tests that suit both ask for
 * the product under test ({@link dev.sluice.testkit.mysql.MyProduct#underTest}). A test that stops or restarts a server
 * starts one for itself. Neighbour: {@code sql} has what all databases of tests share.
 */
@NullMarked
package dev.sluice.testkit.mysql;

import org.jspecify.annotations.NullMarked;
