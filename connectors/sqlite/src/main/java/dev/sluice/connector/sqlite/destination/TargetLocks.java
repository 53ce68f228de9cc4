package dev.sluice.connector.sqlite.destination;

import java.util.HashSet;
import java.util.Set;

/**
 * Which targets are being written by this process. Another process is kept apart by the ledger: whoever opens a target
 * last has it, and each commit of the other one is refused (I8). Thread-safe.
 */
final class TargetLocks {
    private static final TargetLocks OF_THIS_PROCESS = new TargetLocks();

    private final Set<String> held = new HashSet<>();

    private TargetLocks() {}

    static TargetLocks ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    synchronized boolean take(String key) {
        return held.add(key);
    }

    synchronized void giveBack(String key) {
        held.remove(key);
    }
}
