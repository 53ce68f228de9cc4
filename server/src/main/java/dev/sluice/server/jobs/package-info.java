/** What runs: jobs, and which process works on them. */
@NullMarked
package dev.sluice.server.jobs;

import org.jspecify.annotations.NullMarked;
