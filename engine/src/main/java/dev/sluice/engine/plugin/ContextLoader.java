package dev.sluice.engine.plugin;

import dev.sluice.spi.connector.Connector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.FileShelf;
import dev.sluice.spi.destination.MirrorTarget;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.SplitReader;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sets the thread's context class loader around every call into a plugin, because libraries look for their own parts
 * there, and does the same for what the plugin hands out.
 *
 * <p>A call moves a whole batch, so the detour costs nothing that can be measured.
 */
final class ContextLoader implements InvocationHandler {
    /** What is more than another one of them stands before it. */
    private static final List<Class<?>> HANDED_OUT = List.of(
            Source.class,
            SplitReader.class,
            Destination.class,
            MirrorTarget.class,
            Target.class,
            Writer.class,
            FileShelf.class);

    private final Object target;
    private final ClassLoader loader;
    private final String plugin;

    private ContextLoader(Object target, ClassLoader loader, String plugin) {
        this.target = target;
        this.loader = loader;
        this.plugin = plugin;
    }

    /** The same connector with the context class loader set around its calls. */
    static <C extends Connector> C wrap(Class<C> type, C connector, ClassLoader loader) {
        return type.cast(proxy(type, connector, loader, connector.name()));
    }

    private static Object proxy(Class<?> type, Object target, ClassLoader loader, String plugin) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new ContextLoader(target, loader, plugin));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return wrapped(method.invoke(target, arguments));
        } catch (InvocationTargetException thrown) {
            throw translated(thrown.getTargetException());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private @Nullable Object wrapped(@Nullable Object result) {
        if (result instanceof Optional<?> maybe) {
            return maybe.isPresent() ? Optional.ofNullable(wrapped(maybe.get())) : maybe;
        }
        for (Class<?> type : HANDED_OUT) {
            if (type.isInstance(result)) {
                return proxy(type, result, loader, plugin);
            }
        }
        return result;
    }

    /** A class that is missing only now is a matter of the installation, not a defect of the run. */
    private Throwable translated(Throwable thrown) {
        if (thrown instanceof LinkageError missing) {
            return Problem.of("E_PLUGIN_BROKEN", ProblemKind.RESOURCE, "the connector " + plugin + " lacks a library")
                    .because(missing.toString())
                    .fix("install the connector again; `sluice doctor` checks all of them")
                    .exception(missing);
        }
        return thrown;
    }
}
