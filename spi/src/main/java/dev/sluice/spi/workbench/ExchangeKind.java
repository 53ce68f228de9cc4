package dev.sluice.spi.workbench;

/** What a request was for. */
public enum ExchangeKind {
    /** A page of records. */
    PAGE,
    /** Proving who asks: tokens, logins. */
    AUTH,
    /** Records of a parent, which tell what to ask for. */
    PARENT_STREAM,
    /** Having the service make records ready. */
    ASYNC_CREATE,
    /** Asking whether they are. */
    ASYNC_POLL,
    /** Fetching them, or where they are. */
    ASYNC_DOWNLOAD,
    /** Telling the service to leave it. */
    ASYNC_ABORT,
    /** Having what was fetched thrown away. */
    ASYNC_DELETE,
    /** Something else, such as fields that the service tells. */
    HTTP
}
