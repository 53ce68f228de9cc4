/** What is kept and learnt of a manifest that is tried out: the requests with their secrets masked, recordings, schemas, doubts. */
@NullMarked
package dev.sluice.lowcode.trial;

import org.jspecify.annotations.NullMarked;
