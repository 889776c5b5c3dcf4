#include "status.h"

const char *quoth_status_message(quoth_status status)
{
    switch (status) {
    case QUOTH_OK:
        return "no error";
    case QUOTH_ERROR_MEMORY:
        return "out of memory";
    case QUOTH_ERROR_UTF8:
        return "the text is not valid UTF-8";
    case QUOTH_ERROR_LIMIT:
        return "the text is longer than the limit of 4 GiB";
    case QUOTH_ERROR_PATTERN:
        return "the pattern does not compile";
    case QUOTH_ERROR_ARGUMENT:
        return "an argument has a value that is not known";
    case QUOTH_ERROR_ABBREVIATION:
        return "a word cannot be an abbreviation";
    case QUOTH_ERROR_MODEL:
        return "the model file is damaged or of another kind";
    }
    return "unknown status";
}

const char *quoth_warning_message(quoth_warning_code code)
{
    switch (code) {
    case QUOTH_WARNING_UNCLOSED_QUOTATION:
        return "a quotation mark is never closed";
    case QUOTH_WARNING_STRAY_MARK:
        return "a closing quotation mark was never opened";
    case QUOTH_WARNING_PATTERN_LIMIT:
        return "a pattern needed more steps than its limit and was given up here";
    case QUOTH_WARNING_COMPONENT:
        return "a component failed, and what it did was undone";
    }
    return "unknown warning";
}

const char *quoth_quote_type_name(quoth_quote_type type)
{
    static const char *const names[] = {"direct", "mixed", "indirect"};
    return names[type];
}

const char *quoth_label_name(quoth_label label)
{
    static const char *const names[] = {
        "",        "PERSON", "NORP",        "FAC",     "ORG",      "GPE",  "LOC",
        "PRODUCT", "EVENT",  "WORK_OF_ART", "LAW",     "LANGUAGE", "DATE", "TIME",
        "PERCENT", "MONEY",  "QUANTITY",    "ORDINAL", "CARDINAL",
    };
    return (unsigned)label < sizeof names / sizeof *names ? names[label] : "";
}

quoth_status qt_fail(quoth_error *error, quoth_status status, size_t position, const char *message)
{
    if (error) {
        const char *from = message ? message : quoth_status_message(status);
        size_t i = 0;
        while (from[i] && i + 1 < sizeof error->message) {
            error->message[i] = from[i];
            i++;
        }
        error->message[i] = '\0';
        error->status = status;
        error->position = position;
    }
    return status;
}
