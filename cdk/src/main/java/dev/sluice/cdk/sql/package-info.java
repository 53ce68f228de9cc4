/**
 * A destination for SQL databases: everything that is the same in each of them, so that a connector supplies only its
 * dialect, its sessions and its bulk load.
 *
 * <p>Here live the ledger (who owns a table, how far each split has come), staging and swapping of generations, schema
 * evolution, and the merge that keeps one row a key. Marker and data go into one transaction (I2), a replacement is
 * built aside and swapped in at the end (I5), and each commit checks the owner (I8). Neighbour: {@code json} for
 * positions.
 */
@NullMarked
package dev.sluice.cdk.sql;

import org.jspecify.annotations.NullMarked;
