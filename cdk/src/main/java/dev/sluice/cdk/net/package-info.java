/**
 * Ways to a server that connectors share: TLS that trusts what the options say, tunnels through an SSH server, and the
 * options of both.
 */
@NullMarked
package dev.sluice.cdk.net;

import org.jspecify.annotations.NullMarked;
