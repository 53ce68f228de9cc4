/**
 * A real PostgreSQL for tests, started from Maven artefacts without Docker and without rights.
 *
 * <p>One server serves a whole test run; each test has a database of its own, so tests never see each other's tables. A
 * test that stops or restarts a server starts one for itself. Passwords are asked for over TCP, so wrong ones fail as
 * they do in life.
 */
@NullMarked
package dev.sluice.testkit.postgres;

import org.jspecify.annotations.NullMarked;
