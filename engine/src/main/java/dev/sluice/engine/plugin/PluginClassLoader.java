package dev.sluice.engine.plugin;

import java.net.URL;
import java.net.URLClassLoader;

/**
 * Sees the JDK, the jars of one plugin, and of the host nothing but the SPI and JSpecify, which both sides must share.
 * What the plugin brings of those two is not looked at.
 */
final class PluginClassLoader extends URLClassLoader {
    private final ClassLoader host;

    static {
        registerAsParallelCapable();
    }

    PluginClassLoader(String name, URL[] jars, ClassLoader host) {
        super("plugin " + name, jars, ClassLoader.getPlatformClassLoader());
        this.host = host;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return isShared(name) ? host.loadClass(name) : super.loadClass(name, resolve);
    }

    private static boolean isShared(String name) {
        return name.startsWith("dev.sluice.spi.") || name.startsWith("org.jspecify.");
    }
}
