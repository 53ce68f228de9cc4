package dev.sluice.lowcode.template;

/** Something that a template can call. */
@FunctionalInterface
public interface Callable {
    /** The answer. */
    Object call(Arguments arguments);
}
