#include "quote_models.h"

#include "model.h"
#include "status.h"

#include <string.h>

enum { FORMAT = 1, HEADER = 16 };

static const char *const sections[QUOTH_MODEL_PARTS] = {
    [QUOTH_MODEL_QUOTE_SOURCE] = "quote.source",
    [QUOTH_MODEL_CUE] = "quote.cue",
    [QUOTH_MODEL_REPORT_SOURCE] = "quote.reporter",
    [QUOTH_MODEL_START] = "quote.start",
    [QUOTH_MODEL_END] = "quote.end",
    [QUOTH_MODEL_REPORT] = "quote.report",
    [QUOTH_MODEL_MIXED_START] = "quote.mixed_1",
    [QUOTH_MODEL_MIXED_END] = "quote.mixed_2",
};

static bool read_section(const uint8_t *bytes, size_t size, qt_linear *out)
{
    uint32_t head[2];
    float numbers[2];
    if (size < HEADER)
        return false;
    memcpy(head, bytes, sizeof head);
    memcpy(numbers, bytes + sizeof head, sizeof numbers);
    bool finite = numbers[0] > 0.0f && numbers[0] < 1e6f && numbers[1] > -1e6f && numbers[1] < 1e6f;
    if (head[0] != FORMAT || head[1] < 1 || head[1] > 24 || !finite ||
        size - HEADER != (size_t)1 << head[1])
        return false;
    *out = (qt_linear){(const int8_t *)bytes + HEADER, head[1], numbers[0], numbers[1]};
    return true;
}

quoth_status qt_quote_models_open(const quoth_model *file, qt_quote_models *out, quoth_error *error)
{
    *out = (qt_quote_models){0};
    for (int i = 0; i < QUOTH_MODEL_PARTS; i++) {
        size_t size;
        const void *bytes = qt_model_section(file, sections[i], &size);
        if (bytes && !read_section(bytes, size, &out->parts[i]))
            return qt_fail(error, QUOTH_ERROR_MODEL, 0,
                           "the model has a section for quotes that this quoth does not read");
    }
    return QUOTH_OK;
}
