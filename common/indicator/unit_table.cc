// SPDX-License-Identifier: GPL-3.0-or-later
// Sources of factors: SI brochure (9th edition), GB 3100-1993 and GB 3102, GB/T 2589-2020 (standard
// coal 29.3076 MJ/kg); 1 亩 = 10000/15 m².
#include "common/indicator/unit_table.h"

namespace duijie::indicator {
namespace {

constexpr PrefixRow kPrefixes[] = {
    {"f", 1e-15}, {"p", 1e-12},  {"n", 1e-9},   {"μ", 1e-6},  {"u", 1e-6},  {"m", 1e-3},
    {"c", 1e-2},  {"d", 1e-1},   {"h", 1e2},    {"k", 1e3},   {"M", 1e6},   {"G", 1e9},
    {"T", 1e12},  {"飞", 1e-15}, {"皮", 1e-12}, {"纳", 1e-9}, {"微", 1e-6}, {"毫", 1e-3},
    {"厘", 1e-2}, {"分", 1e-1},  {"千", 1e3},   {"兆", 1e6},  {"吉", 1e9},
};

constexpr BaseUnitRow kBaseUnits[] = {
    {"m", Base::kLength, "pnμumcdk"},
    {"米", Base::kLength, "皮纳微毫厘分千"},
    {"g", Base::kMass, "pnμumk"},
    {"克", Base::kMass, "纳微毫千"},
    {"s", Base::kTime, "fpnμum"},
    {"秒|秒钟", Base::kTime, "飞皮纳微毫"},
    {"A", Base::kCurrent, "pnμumk"},
    {"安|安培", Base::kCurrent, "微毫千"},
    {"K", Base::kTemperature, "m"},
    {"开尔文", Base::kTemperature, ""},
    {"mol", Base::kAmount, "nμumk"},
    {"摩尔", Base::kAmount, "毫微"},
    {"cd", Base::kLuminous, "mk"},
    {"坎德拉", Base::kLuminous, ""},
    {"rad", Base::kAngle, "mμ"},
    {"弧度", Base::kAngle, ""},
    {"次|转|圈|周期|循环|遍|r|rev|cycles|cycle|回|周次|个循环|次循环", Base::kCycle, ""},
    {"件|个|只|台|套|片|块|根|支|张|枚|条|辆|颗|粒|株|头|羽|袋|瓶|箱|盒|包|卷|把|副|对|组|路|类|种|通道|轴|"
     "层|点|"
     "个点|段|级数|门|门类|品种|种类|工位|节点|终端|孔|齿|极|档|挡|帧|行|列|盘|间|座|栋|幅|锭|枝|棵|尾|匹|桶|"
     "罐|"
     "炉|批|批次|单|样本|样品|份|用户|车|户|pcs|PCS|个数|处|模|模块|字|字符|页|维|元素|参数|参量|目标|标签|"
     "笔|单号|株苗|粒子|束|支管|口|眼|幢|"
     "测点|通路|模次|罐次|锅|架次|台次|炉次|道次|亩次|针|圈|面|环|腔|型|测试|框|群|托|排|cells|cell",
     Base::kItem, ""},
    {"Nm³|Nm3|Nm^3|标立方米|标方|标准立方米|Nl|NL", Base::kNormalVolume, ""},
    {"元|人民币|RMB|块钱|元钱", Base::kYuan, ""},
    {"美元|USD", Base::kDollar, ""},
    {"bit|比特|位", Base::kData, "kMGT兆千"},
    {"dB|dB(A)|dBA|dB（A）|分贝|dBm|dBi|dBc", Base::kLevel, ""},
    {"目", Base::kMesh, ""},
    {"像素|px|pixel", Base::kPixel, ""},
    {"pH", Base::kAcidity, ""},
    {"U|IU|单位", Base::kActivity, "mk"},
    {"CFU|cfu", Base::kColony, ""},
    {"C", Base::kRate, ""},
    {"级", Base::kGrade, ""},
    {"HRA", Base::kRockwellA, ""},
    {"HRB", Base::kRockwellB, ""},
    {"HRC", Base::kRockwellC, ""},
    {"HB|HBW|HBS", Base::kBrinell, ""},
    {"HV|HV0.1|HV0.2|HV0.3|HV0.5|HV1|HV5|HV10|HV30", Base::kVickers, ""},
    {"邵氏A|邵A|邵尔A|HA|ShoreA|Shore A", Base::kShoreA, ""},
    {"邵氏D|邵D|邵尔D|HD|ShoreD|Shore D", Base::kShoreD, ""},
    {"HL|HLD", Base::kLeeb, ""},
    {"个百分点|百分点", Base::kPoint, ""},
    {"人|名|人次|位工人|名工人|名操作工|名操作人员|名员工", Base::kPerson, ""},
    {"bp", Base::kBasePair, "kM"},
    {"NTU|FTU", Base::kTurbidity, ""},
    {"雾度", Base::kHaze, ""},
    {"°T", Base::kThorner, ""},
    {"BPN", Base::kPendulum, ""},
};

constexpr DerivedUnitRow kDerivedUnits[] = {
    // Pure numbers.
    {"%", 1e-2, "", ""},
    {"‰", 1e-3, "", ""},
    {"ppm", 1e-6, "", ""},
    {"ppb", 1e-9, "", ""},
    {"ppt", 1e-12, "", ""},
    {"ppmv|ppmw", 1e-6, "", ""},
    {"°Bx|°Brix|°BRIX|Brix", 1e-2, "", ""},  // grams of sugar in 100 grams
    {"倍|X|x", 1, "", ""},
    {"成", 1e-1, "", ""},
    {"wt%|wt.%|vol%|mol%|at%|at.%|%RH|RH%|v%|%（RH）|%vol|%wt", 1e-2, "", ""},
    // Time.
    {"min|分钟|分", 60, "s", ""},
    {"刻钟", 900, "s", ""},
    {"h|hr|小时|时|H|hrs|个小时|钟头|个钟头", 3600, "s", ""},
    {"d|天|日|day|昼夜", 86400, "s", ""},
    {"周|星期|个星期", 604800, "s", ""},
    {"月|个月", 2629800, "s", ""},
    {"a|年|y|yr", 31557600, "s", ""},
    // Length, area, volume.
    {"μ|微", 1e-6, "m", ""},
    {"丝|道", 1e-5, "m", ""},
    {"公里", 1e3, "m", ""},
    {"公分", 1e-2, "m", ""},
    {"里", 500, "m", ""},
    {"mil|密耳", 2.54e-5, "m", ""},
    {"㎜", 1e-3, "m", ""},
    {"㎝", 1e-2, "m", ""},
    {"㎞", 1e3, "m", ""},
    {"㎛", 1e-6, "m", ""},
    {"㎚", 1e-9, "m", ""},
    {"Å|埃", 1e-10, "m", ""},
    {"in|英寸|吋|寸", 0.0254, "m", ""},
    {"平方米|平米|㎡|平方", 1, "m2", ""},
    {"平方厘米|㎠", 1e-4, "m2", ""},
    {"平方毫米|㎟", 1e-6, "m2", ""},
    {"平方公里|平方千米|㎢", 1e6, "m2", ""},
    {"亩", 10000.0 / 15.0, "m2", ""},
    {"公顷|ha|hm2|hm²|hm^2", 1e4, "m2", ""},
    {"立方米|立方|方|㎥", 1, "m3", ""},
    {"立方厘米|㎤|cc", 1e-6, "m3", ""},
    {"立方毫米", 1e-9, "m3", ""},
    {"L", 1e-3, "m3", "nμumcdhk"},
    {"l", 1e-3, "m3", "μum"},
    {"升", 1e-3, "m3", "微毫"},
    {"度|°|º", 0.017453292519943295, "rad", ""},
    {"′|角分|arcmin", 0.017453292519943295 / 60, "rad", ""},
    {"″|角秒|arcsec", 0.017453292519943295 / 3600, "rad", ""},
    // Mass.
    {"公斤|KG|㎏", 1, "kg", ""},
    {"㎎", 1e-6, "kg", ""},
    {"斤|市斤", 0.5, "kg", ""},
    {"两", 0.05, "kg", ""},
    {"t|吨|公吨", 1e3, "kg", "k"},
    {"担", 50, "kg", ""},
    // Mechanics, heat, energy.
    {"N", 1, "kg·m/s2", "nμumcdkM"},
    {"牛顿|牛", 1, "N", "千毫"},
    {"Nm|牛米|牛·米", 1, "N·m", "mk千"},
    {"psi|PSI", 6894.757293168, "Pa", ""},
    {"mgKOH", 1e-6, "kg", ""},
    {"kgCOD|kgBOD|kgBOD5|kgVS|kgTS", 1, "kg", ""},
    {"gCOD|gVS|gI2|gI", 1e-3, "kg", ""},
    {"tCO2|tCO₂|吨CO2|吨CO₂|吨二氧化碳", 1e3, "kg", ""},
    {"gsm", 1e-3, "kg/m2", ""},
    {"英尺|ft", 0.3048, "m", ""},
    {"码|yd", 0.9144, "m", ""},
    {"盎司|oz", 0.028349523125, "kg", ""},
    {"磅|lb|lbs", 0.45359237, "kg", ""},
    {"加仑|gal", 3.785411784e-3, "m3", ""},
    {"mmH2O|mmH₂O|毫米水柱", 9.80665, "Pa", ""},
    {"cmH2O|cmH₂O|厘米水柱", 98.0665, "Pa", ""},
    {"mH2O|mH₂O|米水柱", 9806.65, "Pa", ""},
    {"MPa·m1/2|MPa√m|MPa·√m|MPa·m½", 1e6, "Pa·m^0.5", ""},
    {"英支|公支", 1, "", ""},
    {"孢子|穗|穴|线对|lp|捻", 1, "个", ""},
    {"TOPS|TFLOPS", 1e12, "次/s", ""},
    {"meq", 1e-3, "mol", ""},
    {"dpi|DPI|lpi|ppi|PPI", 1, "个/in", ""},
    {"EU|PFU|copies|拷贝|TCID50|人份|头份|羽份|剂|捆|点位", 1, "个", ""},
    {"dyn", 1e-5, "N", ""},
    {"gf|克力", 9.80665e-3, "N", ""},
    {"kgf|公斤力|千克力", 9.80665, "N", ""},
    {"tf|吨力", 9806.65, "N", ""},
    {"Pa", 1, "N/m2", "mhkMG"},
    {"帕|帕斯卡", 1, "Pa", "千兆吉"},
    {"bar|巴", 1e5, "Pa", "m毫"},
    {"atm|大气压|个大气压", 101325, "Pa", ""},
    {"mmHg|毫米汞柱|Torr", 133.322387415, "Pa", ""},
    {"公斤压力|kg/cm²|kg/cm2|kg/cm^2|公斤/cm²|公斤/cm2|公斤/平方厘米", 98066.5, "Pa", ""},
    {"J", 1, "N·m", "pnμumkMGT"},
    {"焦耳|焦", 1, "J", "毫千兆吉"},
    {"W", 1, "J/s", "pnμumkMG"},
    {"瓦|瓦特", 1, "W", "毫微千兆吉"},
    {"Wp|VA|var|Var", 1, "W", "kM"},
    {"马力|hp|HP", 735.49875, "W", ""},
    {"Wh|W·h|W.h|VAh", 3600, "J", "kMGT"},
    {"瓦时|瓦·时|瓦小时", 3600, "J", "千兆吉"},
    {"度电", 3.6e6, "J", ""},
    {"cal|卡", 4.1868, "J", "k千"},
    {"大卡", 4186.8, "J", ""},
    {"eV|电子伏|电子伏特", 1.602176634e-19, "J", "mkM"},
    {"冷吨|USRT", 3516.85, "W", ""},
    {"tce|吨标煤|吨标准煤|t标煤|t标准煤", 2.93076e10, "J", ""},
    {"kgce|千克标准煤|公斤标煤|公斤标准煤|千克标煤|kg标煤|kg标准煤", 2.93076e7, "J", ""},
    {"gce|克标煤|克标准煤", 2.93076e4, "J", ""},
    {"cP|厘泊|cps", 1e-3, "Pa·s", ""},
    {"P|泊", 0.1, "Pa·s", ""},
    {"cSt|厘斯", 1e-6, "m2/s", ""},
    // Electricity, light, magnetism.
    {"Hz", 1, "r/s", "mkMGT"},
    {"赫兹|赫", 1, "Hz", "千兆吉"},
    {"rpm|RPM", 1, "r/min", "k"},
    {"V", 1, "W/A", "nμumkM"},
    {"伏|伏特", 1, "V", "毫微千"},
    {"VDC|VAC|Vdc|Vac|Vpp", 1, "V", "mk"},
    {"kVA|千伏安", 1e3, "W", ""},
    {"Ah|A·h|安时", 3600, "A·s", "mk毫"},
    {"Ω|ohm|Ohm", 1, "V/A", "nμumkMGT"},
    {"欧姆|欧", 1, "Ω", "微毫千兆"},
    {"S", 1, "A/V", "nμum"},
    {"西门子", 1, "S", ""},
    {"pC", 1e-12, "A·s", ""},
    {"nC", 1e-9, "A·s", ""},
    {"μC|uC", 1e-6, "A·s", ""},
    {"F", 1, "A·s/V", "pnμum"},
    {"法拉|法", 1, "F", "皮微纳"},
    {"Wb|韦伯", 1, "V·s", "m"},
    {"Gs|高斯", 1e-4, "Wb/m2", "k"},
    {"特斯拉", 1, "Wb/m2", ""},
    {"mT", 1e-3, "特斯拉", ""},
    {"pC/N", 1e-12, "A·s/N", ""},
    {"MGOe", 7957.747154594767, "J/m3", ""},
    {"emu", 1e-3, "A·m2", ""},
    {"μT|uT", 1e-6, "特斯拉", ""},
    {"亨利|亨", 1, "V·s/A", "毫微"},
    {"mΩ/□|mΩ/sq", 1e-3, "Ω", ""},
    {"Ω/□|Ω/sq|欧/方|Ω/方", 1, "Ω", ""},
    {"kΩ/□|kΩ/sq", 1e3, "Ω", ""},
    {"mH", 1e-3, "亨", ""},
    {"μH|uH", 1e-6, "亨", ""},
    {"lm|流明", 1, "cd", "k"},
    {"lx|lux|勒克斯", 1, "lm/m2", "k"},
    {"nit|nits|尼特", 1, "cd/m2", ""},
    {"Oe|奥斯特", 79.57747154594767, "A/m", "k"},
    {"T", 1e3, "kg", ""},  // written for t; see the hints
    // Data.
    {"bps|b/s|bit/s", 1, "bit/s", "kMGT"},
    {"B|byte|字节", 8, "bit", "kMGT"},
    {"B/s|Byte/s|byte/s|Bps", 8, "bit/s", "kMGT"},  // not the bits of b/s
    {"K字节", 8e3, "bit", ""},
    {"fps|FPS", 1, "个/s", ""},
    {"CPH|UPH|JPH|cph|uph", 1, "个/h", ""},
    {"με|微应变", 1e-6, "", ""},
    {"Bloom g|Bloomg|Bloom", 1e-3, "kg", ""},
    {"LMH", 1, "L/m2/h", ""},
    {"锭时|锭·时|锭·h|锭小时", 3600, "个·s", ""},
    {"ngTEQ|ng-TEQ|ngI-TEQ|ng TEQ", 1e-12, "kg", ""},
    {"mgCaCO3|mgCaCO₃", 1e-6, "kg", ""},
    {"QPS|TPS|qps|tps", 1, "次/s", ""},
    {"M像素", 1e6, "像素", ""},
    // Chemistry and biology.
    {"M", 1e3, "mol/m3", "nμum"},
    {"u/mL|u/ml", 1, "U/mL", ""},
    {"u/mg", 1, "U/mg", ""},
    {"u/g", 1, "U/g", ""},
    {"Da|道尔顿", 1, "g/mol", "kM"},
    {"Bq|贝克勒尔", 1, "1/s", "mkMG"},
    {"Gy|戈瑞", 1, "J/kg", "mk"},
    {"Sv|希沃特", 1, "J/kg", "mμ"},
    {"D|旦|den|旦尼尔", 1.0 / 9000, "g/m", ""},
    {"tex|特克斯", 1e-3, "g/m", "d"},
    {"班|班次", 28800, "s", ""},
    {"节拍", 1, "次", ""},
    {"毛钱|角钱", 0.1, "元", ""},
    {"g力|gn", 9.80665, "m/s2", ""},
    // As they are often written, without brackets.
    {"W/mK", 1, "W/(m·K)", ""},
    {"W/m²K|W/m2K", 1, "W/(m²·K)", ""},
    {"J/gK", 1, "J/(g·K)", ""},
    {"J/kgK", 1, "J/(kg·K)", "k"},
};

constexpr TemperatureRow kTemperatures[] = {
    {"℃|°C|摄氏度|oC|度C|C°", 1, 273.15},
    {"℉|°F|华氏度", 5.0 / 9.0, 459.67 * 5.0 / 9.0},
};

constexpr std::string_view kQualifiers[] = {
    "COD",  "BOD",    "BOD5", "LEL",  "标煤", "标准煤", "熟料", "污水", "废水", "产品", "钢",   "铁",
    "水泥", "干煤",   "煤",   "矿石", "矿",   "油",     "纸",   "纱",   "布",   "氨",   "醇",   "铝",
    "铜",   "水",     "干泥", "污泥", "物料", "原料",   "饲料", "粮食", "玻璃", "陶瓷", "蒸汽", "氢",
    "F.S",  "IACS",   "KOH",  "FS",   "F.S.", "RH",     "TS",   "VS",   "MLSS", "VSS",  "SS",   "N",
    "DM",   "干物质", "糖",   "蛋白", "冰",   "原煤",   "焦",   "球团", "秸秆", "玉米", "土壤", "板",
    "H₂",   "H2",     "CO2",  "CO₂",  "O2",   "O₂",     "N2",   "CH4",  "CH₄",  "DS",   "干基", "铸件",
    "锻件", "成品",   "原油", "母液", "废气", "烟气",   "沼气", "甲醇", "氢气", "Al",
};

constexpr HintRow kHints[] = {
    {"度", "角|旋转|转动|俯仰|倾|方位|视场|弯|摆|斜|直线度|分度|转位|回转|指向", "°"},
    {"度", "电|耗能|能耗", "度电"},
    {"度", "", "℃"},
    {"T", "磁|场强|剩磁", "特斯拉"},
    {"g", "加速度|过载", "g力"},
    {"周", "循环|疲劳|寿命", "次"},
    {"C", "温", "℃"},
    {"块", "价|成本|费|投资|售|花|预算", "元"},
};

constexpr std::string_view kPreferredCase[] = {
    "MPa",   "GPa",  "kPa",  "MW",   "MHz", "GHz", "kHz",  "mAh", "kWh", "MWh", "mL",  "kN",  "kV",
    "mV",    "mW",   "kW",   "MJ",   "kJ",  "kg",  "km",   "mm",  "cm",  "dm",  "mg",  "dB",  "dBA",
    "dB(A)", "Mbps", "Gbps", "kbps", "MB",  "GB",  "TB",   "kB",  "μm",  "um",  "nm",  "Wh",  "Ah",
    "pH",    "NTU",  "HRC",  "HRB",  "HRA", "HV",  "HB",   "ppm", "ppb", "min", "rpm", "CFU", "mol",
    "Pa",    "Hz",   "Nm³",  "Nm3",  "lm",  "lx",  "cd",   "mΩ",  "kΩ",  "MΩ",  "GΩ",  "mA",  "μA",
    "kA",    "ms",   "μs",   "us",   "ns",  "kVA", "kgce", "tce", "IU",  "r",
};

constexpr std::string_view kOnlyInCompounds[] = {
    "分",   "时", "a",  "y",  "班", "班次", "x",    "X",    "r",    "P",    "D",    "M",  "μ",    "微",
    "里",   "道", "名", "in", "位", "rev",  "安",   "法",   "欧",   "亨",   "焦",   "赫", "卡",   "巴",
    "泊",   "担", "寸", "吋", "埃", "兆",   "节拍", "目标", "元素", "参数", "模块", "字", "终端", "节点",
    "级数", "单", "座", "间", "户", "车",   "样品", "标签", "型",   "测试", "框",   "群", "托",
};

}  // namespace

std::span<const PrefixRow> PrefixRows() { return kPrefixes; }
std::span<const BaseUnitRow> BaseUnitRows() { return kBaseUnits; }
std::span<const DerivedUnitRow> DerivedUnitRows() { return kDerivedUnits; }
std::span<const TemperatureRow> TemperatureRows() { return kTemperatures; }
std::span<const std::string_view> Qualifiers() { return kQualifiers; }
std::span<const HintRow> HintRows() { return kHints; }
std::span<const std::string_view> PreferredCase() { return kPreferredCase; }
std::span<const std::string_view> OnlyInCompounds() { return kOnlyInCompounds; }

}  // namespace duijie::indicator
