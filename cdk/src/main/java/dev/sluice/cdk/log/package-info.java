/**
 * What sources that read a server's log share: one reading of the log for several streams, put aside by table in memory
 * and files, and what is said where a log cannot be read.
 */
@NullMarked
package dev.sluice.cdk.log;

import org.jspecify.annotations.NullMarked;
