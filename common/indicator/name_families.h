// SPDX-License-Identifier: GPL-3.0-or-later
// Names of one quantity that differ only in the word for its measure, or in length: 碱单耗 and 耗碱量, 台产
// and 台时产量. Private to common/indicator.
#pragma once

#include "common/indicator/align.h"
#include "common/indicator/name_words.h"

namespace duijie::indicator {

NameFamilies FamiliesOf(View32 name);

// 换模用时 and 换模周期, 检测费用 and 检测成本: the same words before measures of one family.
bool SameButMeasure(const NameFamilies& a, const NameFamilies& b);

// What is consumed: 碱 of 碱耗, 碱单耗, 耗碱量, 吨产品用碱; empty if the name speaks of no consumption.
View32 ConsumedIn(View32 name);
// 转炉钢铁料 and 钢铁料: the same, or one ends with the other.
bool ConsumeSame(View32 a, View32 b);

// What is produced: 冰 of 产冰, 产冰量, 制冰能力, 冰产量; empty if the name speaks of no output.
View32 ProducedIn(View32 name);

// What is resisted: 穿刺 of 穿刺力, 耐穿刺性能, 抗穿刺强度; empty if the name speaks of nothing of the kind.
View32 ResistedIn(View32 name);

// 环刚度 and 环向刚度, 台产 and 台时产量: the shorter name is made of characters of the longer one, in order.
bool IsShortFor(View32 name, View32 longer);

}  // namespace duijie::indicator
