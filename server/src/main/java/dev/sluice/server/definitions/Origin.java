package dev.sluice.server.definitions;

/** Where the program of a connector comes from. */
public enum Origin {
    /** A plug-in beside the server. */
    BUILTIN,
    /** A container image. */
    IMAGE,
    /** A command of the server's machine. */
    COMMAND,
    /** A package of PyPI, in an environment of its own. */
    PYPI,
    /** A package of npm. */
    NPM,
    /** A description that the server runs itself. */
    MANIFEST
}
