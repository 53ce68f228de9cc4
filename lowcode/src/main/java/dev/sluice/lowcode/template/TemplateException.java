package dev.sluice.lowcode.template;

/** A template that cannot be read. */
final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TemplateException(String message, int at) {
        super(message + " (character " + (at + 1) + ")", null, false, false);
    }
}
