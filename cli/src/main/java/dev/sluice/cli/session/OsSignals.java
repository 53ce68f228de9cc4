package dev.sluice.cli.session;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * The real signals. A shutdown hook would not do: once the virtual machine shuts down it hears of no second signal, and
 * the first one could not let a run end in good order with an exit code of its own.
 *
 * <p>The JDK's only way to them, {@code sun.misc.Signal} of the module {@code jdk.unsupported}, is called by reflection:
 * the compiler's warning about it cannot be turned off for one class, and the build takes no warning.
 */
public final class OsSignals implements Signals {
    @Override
    public Runnable on(String name, Runnable action) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Method handle = signalType.getMethod("handle", signalType, handlerType);
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            Object handler = Proxy.newProxyInstance(
                    OsSignals.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            Object before = handle.invoke(null, signal, handler);
            return () -> restore(handle, signal, before);
        } catch (InvocationTargetException notOnThisSystem) {
            return () -> {};
        } catch (ReflectiveOperationException changedJdk) {
            throw new IllegalStateException("this JDK has no way to hear of signals", changedJdk);
        }
    }

    @Override
    public void halt(int code) {
        Runtime.getRuntime().halt(code);
    }

    private static void restore(Method handle, Object signal, Object before) {
        try {
            handle.invoke(null, signal, before);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
