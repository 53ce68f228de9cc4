@NullMarked
package dev.sluice.lowcode.ledger;

import org.jspecify.annotations.NullMarked;
