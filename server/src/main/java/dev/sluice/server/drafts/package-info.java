/** What people have begun to set up and not finished, with the secrets in it; made once when they submit it. */
@NullMarked
package dev.sluice.server.drafts;

import org.jspecify.annotations.NullMarked;
