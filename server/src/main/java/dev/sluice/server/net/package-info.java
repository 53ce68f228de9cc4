/** Requests to addresses that users give: past a guard that looks where they lead before anything is sent. */
@NullMarked
package dev.sluice.server.net;

import org.jspecify.annotations.NullMarked;
