#include "killing.h"

int killing_calls;
