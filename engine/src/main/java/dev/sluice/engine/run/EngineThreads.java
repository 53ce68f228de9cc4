package dev.sluice.engine.run;

/**
 * Makes the engine's threads: virtual ones for streams, which mostly wait, and platform ones for lanes, which decode and
 * encode.
 */
final class EngineThreads {
    private EngineThreads() {}

    static Thread start(String name, Runnable task) {
        return Thread.ofPlatform().name("sluice " + name).daemon(true).start(task);
    }

    static Thread startVirtual(String name, Runnable task) {
        return Thread.ofVirtual().name("sluice " + name).start(task);
    }
}
